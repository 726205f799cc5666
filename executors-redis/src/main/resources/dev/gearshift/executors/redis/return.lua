-- Gives a task back as it came, if the worker still has it: it is nobody's, and the first that looks takes it over.
-- KEYS[1] the queue; ARGV: the worker, entry, id, lease in ms, workers lost with this entry so far.
-- Returns 1; 0 if the worker had lost it; 2 if it was cancelled meanwhile, and is still to be finished.
local q, me, entry, id = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local s = q .. ':s'
local p = redis.pcall('XPENDING', s, 'w', entry, entry, 1)
if p.err or #p == 0 or p[1][2] ~= me then return 0 end
local at = redis.call('HGET', q .. ':t', id)
if at and string.sub(at, 1, 1) == 'x' then return 2 end
redis.call('XCLAIM', s, 'w', '-', 0, entry, 'IDLE', ARGV[4], 'RETRYCOUNT', ARGV[5], 'JUSTID')
return 1
