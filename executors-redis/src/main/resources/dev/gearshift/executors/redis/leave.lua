-- A worker goes. What it still has is taken over by others once its lease is over.
-- KEYS[1] the queue; ARGV: the worker.
local q, me = KEYS[1], ARGV[1]
local s = q .. ':s'
redis.call('ZREM', q .. ':w', me)
redis.call('DEL', q .. ':w:' .. me, q .. ':o:' .. me, q .. ':z:' .. me)
local p = redis.pcall('XPENDING', s, 'w', '-', '+', 1, me)
if not p.err and #p == 0 then redis.pcall('XGROUP', 'DELCONSUMER', s, 'w', me) end
if redis.call('XLEN', s) == 0 and redis.call('ZCARD', q .. ':w') == 0 and redis.call('ZCARD', q .. ':d') == 0 then
  redis.call('DEL', s)
end
return 1
