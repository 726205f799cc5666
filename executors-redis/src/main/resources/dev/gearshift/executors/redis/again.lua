-- Has a task wait for another attempt, if the worker still has it.
-- KEYS[1] the queue; ARGV: the worker, entry, id, submitter, note for it, how long that is kept in ms, failures and lost
-- workers to count, delay in ms.
-- Returns 1; 0 if the worker had lost it; 2 if it was cancelled meanwhile, and is still to be finished.
local q, me, entry, id, from = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local s = q .. ':s'
local p = redis.pcall('XPENDING', s, 'w', entry, entry, 1)
if p.err or #p == 0 or p[1][2] ~= me then return 0 end
local at = redis.call('HGET', q .. ':t', id)
if at and string.sub(at, 1, 1) == 'x' then return 2 end
local found = redis.call('XRANGE', s, entry, entry)
redis.call('XACK', s, 'w', entry)
redis.call('XDEL', s, entry)
if not found[1] then return 0 end
local fields = found[1][2]
for i = 1, #fields, 2 do
  if fields[i] == 'n' then fields[i + 1] = fields[i + 1] + ARGV[7] end
  if fields[i] == 'l' then fields[i + 1] = fields[i + 1] + ARGV[8] end
end
local delay = tonumber(ARGV[9])
if delay > 0 then
  local now = redis.call('TIME')
  redis.call('ZADD', q .. ':d', now[1] * 1000 + math.floor(now[2] / 1000) + delay, id)
  redis.call('HSET', q .. ':p', id, cmsgpack.pack(fields))
  redis.call('HSET', q .. ':t', id, 'd')
else
  redis.call('HSET', q .. ':t', id, redis.call('XADD', s, '*', unpack(fields)))
end
local unheard = from ~= '' and redis.call('LLEN', q .. ':a:' .. from)
if unheard and unheard < (#ARGV[5] > 16384 and 16 or 1000) then -- else nobody listens
  redis.call('RPUSH', q .. ':a:' .. from, ARGV[5])
  redis.call('PEXPIRE', q .. ':a:' .. from, ARGV[6])
end
return 1
