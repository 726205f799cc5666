-- Tells a submitter something of a running task.
-- KEYS[1] the queue; ARGV: submitter, how long the note is kept in ms, the note.
local list = KEYS[1] .. ':a:' .. ARGV[1]
if redis.call('LLEN', list) >= 10000 then return 0 end -- nobody listens
redis.call('RPUSH', list, ARGV[3])
redis.call('PEXPIRE', list, ARGV[2])
return 1
