-- Takes a task back that waits. If a worker has it, it is told to stop it, or to withdraw it if it has not begun.
-- KEYS[1] the queue; ARGV: id, 1 to stop it, answer for those who ask later, how long that is kept in ms, 1 to tell the
-- submitter.
-- Returns 'dropped', 'running', or 'gone' if it is over or was never there.
local q, id = KEYS[1], ARGV[1]
local s = q .. ':s'
local at = redis.call('HGET', q .. ':t', id)
if not at then return 'gone' end
local fields
if at == 'd' then
  fields = cmsgpack.unpack(redis.call('HGET', q .. ':p', id) or cmsgpack.pack({}))
  redis.call('ZREM', q .. ':d', id)
  redis.call('HDEL', q .. ':p', id)
else
  local entry = string.sub(at, 1, 1) == 'x' and string.sub(at, 2) or at
  local p = redis.pcall('XPENDING', s, 'w', entry, entry, 1)
  if not p.err and #p == 1 and p[1][2] ~= '-' then
    redis.call('HDEL', q .. ':t', id) -- first: a script that has freed something may go on without memory
    redis.call('HSET', q .. ':t', id, ARGV[2] == '1' and 'x' .. entry or at)
    redis.call('RPUSH', q .. ':o:' .. p[1][2], ARGV[2] == '1' and id or '?' .. id)
    redis.call('PEXPIRE', q .. ':o:' .. p[1][2], 60000)
    return 'running'
  end
  local found = redis.call('XRANGE', s, entry, entry)
  fields = found[1] and found[1][2] or {}
  redis.pcall('XACK', s, 'w', entry)
  redis.call('XDEL', s, entry)
end
redis.call('HDEL', q .. ':t', id)
redis.call('SET', q .. ':r:' .. id, ARGV[3], 'PX', ARGV[4])
if ARGV[5] == '1' then
  for i = 1, #fields, 2 do
    if fields[i] == 'f' and redis.call('LLEN', q .. ':a:' .. fields[i + 1]) < 10000 then
      redis.call('RPUSH', q .. ':a:' .. fields[i + 1], ARGV[3])
      redis.call('PEXPIRE', q .. ':a:' .. fields[i + 1], ARGV[4])
    end
  end
end
return 'dropped'
