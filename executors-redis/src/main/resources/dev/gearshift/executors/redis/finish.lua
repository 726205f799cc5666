-- Records how a task ended, if the worker still has it: so one result is recorded, however often it ran.
-- KEYS[1] the queue; ARGV: the worker, entry, id, submitter, answer, how long it is kept in ms, why it is dead or empty,
-- most dead tasks, longest answer that is sent along. One that is longer, or one of very many that were not heard yet, is
-- named by its id only.
-- An id that belongs to another entry, or to a task that is over, keeps that one's answer. Returns 1, or 0 if the worker
-- had lost it.
local q, me, entry, id, from = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local s = q .. ':s'
local p = redis.pcall('XPENDING', s, 'w', entry, entry, 1)
if p.err or #p == 0 or p[1][2] ~= me then return 0 end
local found = ARGV[7] ~= '' and redis.call('XRANGE', s, entry, entry)
redis.call('XACK', s, 'w', entry) -- first: a script that has freed something may go on without memory
redis.call('XDEL', s, entry)
if found and found[1] then
  local all, dead = found[1][2], {'why', ARGV[7], 'worker', me}
  for i = 1, math.min(#all, 40), 2 do -- whoever wrote it may have written very many
    dead[#dead + 1] = all[i]
    dead[#dead + 1] = all[i + 1]
  end
  redis.call('XADD', q .. ':x', 'MAXLEN', '~', ARGV[8], '*', unpack(dead))
end
local at = id ~= '' and redis.call('HGET', q .. ':t', id)
-- Somebody else's task has this id: whoever wrote this may have lied.
local others = at and at ~= entry and at ~= 'x' .. entry
  or id ~= '' and not at and redis.call('EXISTS', q .. ':r:' .. id) == 1
if id ~= '' and not others then
  redis.call('HDEL', q .. ':t', id)
  redis.call('SET', q .. ':r:' .. id, ARGV[5], 'PX', ARGV[6])
  if from ~= '' then
    local list, answer = q .. ':a:' .. from, ARGV[5]
    local unheard = redis.call('LLEN', list)
    if #answer > tonumber(ARGV[9]) or unheard >= 1000 then answer = id end
    if unheard < 10000 then -- else nobody listens; whoever does finds it by its id
      redis.call('RPUSH', list, answer)
      redis.call('PEXPIRE', list, ARGV[6])
    end
  end
end
return 1
