-- Adds a task to a queue, once: whoever did not hear the answer may send it again.
-- KEYS[1] the queue; ARGV: id, most tasks, delay in ms, the fields of the entry.
-- Returns what is known of it; QFULL if there is no room.
local q, id = KEYS[1], ARGV[1]
local known = redis.call('HGET', q .. ':t', id)
if known then return known end
if redis.call('EXISTS', q .. ':r:' .. id) == 1 then return 'over' end
if redis.call('EXISTS', q .. ':s') == 0 then
  redis.call('XGROUP', 'CREATE', q .. ':s', 'w', '0', 'MKSTREAM')
end
local waiting = redis.call('XLEN', q .. ':s') + redis.call('ZCARD', q .. ':d')
if waiting >= tonumber(ARGV[2]) then return redis.error_reply('QFULL ' .. waiting) end
local delay = tonumber(ARGV[3])
if delay > 0 then
  local now = redis.call('TIME')
  redis.call('ZADD', q .. ':d', now[1] * 1000 + math.floor(now[2] / 1000) + delay, id)
  redis.call('HSET', q .. ':p', id, cmsgpack.pack({unpack(ARGV, 4)}))
  redis.call('HSET', q .. ':t', id, 'd')
  return 'd'
end
local entry = redis.call('XADD', q .. ':s', '*', unpack(ARGV, 4))
redis.call('HSET', q .. ':t', id, entry)
return entry
