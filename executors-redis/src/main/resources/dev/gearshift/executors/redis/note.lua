-- Tells a submitter something of a running task.
-- KEYS[1] the queue; ARGV: submitter, how long the notes are kept in ms, the notes.
for i = 3, #ARGV do redis.call('RPUSH', KEYS[1] .. ':a:' .. ARGV[1], ARGV[i]) end
redis.call('PEXPIRE', KEYS[1] .. ':a:' .. ARGV[1], ARGV[2])
return 1
