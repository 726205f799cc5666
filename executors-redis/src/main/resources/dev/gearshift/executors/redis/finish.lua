-- Records how a task ended, if the worker still has it: so one result is recorded, however often it ran.
-- KEYS[1] the queue; ARGV: the worker, entry, id, submitter, answer, how long it is kept in ms, why it is dead or empty,
-- most dead tasks, longest answer that is sent along.
-- Returns 1, or 0 if the worker had lost it.
local q, me, entry, id, from = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local s = q .. ':s'
local p = redis.pcall('XPENDING', s, 'w', entry, entry, 1)
if p.err or #p == 0 or p[1][2] ~= me then return 0 end
if ARGV[7] ~= '' then
  local found = redis.call('XRANGE', s, entry, entry)
  if found[1] then
    local fields = found[1][2]
    fields[#fields + 1] = 'why'
    fields[#fields + 1] = ARGV[7]
    fields[#fields + 1] = 'worker'
    fields[#fields + 1] = me
    redis.call('XADD', q .. ':x', 'MAXLEN', '~', ARGV[8], '*', unpack(fields))
  end
end
redis.call('XACK', s, 'w', entry)
redis.call('XDEL', s, entry)
if id ~= '' then
  redis.call('HDEL', q .. ':t', id)
  redis.call('SET', q .. ':r:' .. id, ARGV[5], 'PX', ARGV[6])
  if from ~= '' then
    local answer = ARGV[5]
    if #answer > tonumber(ARGV[9]) then answer = id end
    redis.call('RPUSH', q .. ':a:' .. from, answer)
    redis.call('PEXPIRE', q .. ':a:' .. from, ARGV[6])
  end
end
return 1
