-- A queue at a glance: waiting and running, delayed, dead, {worker, what it says, running} of each that is alive.
-- KEYS[1] the queue.
local q = KEYS[1]
local now = redis.call('TIME')
local alive = redis.call('ZRANGEBYSCORE', q .. ':w', '(' .. (now[1] * 1000 + math.floor(now[2] / 1000)), '+inf')
local pending, of = 0, {}
local p = redis.pcall('XPENDING', q .. ':s', 'w')
if not p.err then
  for _, owner in ipairs(p[4] or {}) do of[owner[1]] = tonumber(owner[2]) end
  pending = p[1] - (of['-'] or 0)
end
local workers = {}
for _, worker in ipairs(alive) do
  local info = redis.call('GET', q .. ':w:' .. worker)
  if info then workers[#workers + 1] = {worker, info, of[worker] or 0} end
end
return {redis.call('XLEN', q .. ':s') - pending, pending, redis.call('ZCARD', q .. ':d'), redis.call('XLEN', q .. ':x'), workers}
