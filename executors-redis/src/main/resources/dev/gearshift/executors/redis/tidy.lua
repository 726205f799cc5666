-- Forgets workers that are gone and have nothing left.
-- KEYS[1] the queue; ARGV: after how many ms of silence.
local q = KEYS[1]
local s = q .. ':s'
local all = redis.pcall('XINFO', 'CONSUMERS', s, 'w')
if all.err then return 0 end
local gone = 0
for _, fields in ipairs(all) do
  local of = {}
  for i = 1, #fields, 2 do of[fields[i]] = fields[i + 1] end
  if of.pending == 0 and of.idle > tonumber(ARGV[1]) and redis.call('EXISTS', q .. ':w:' .. of.name) == 0 then
    redis.call('XGROUP', 'DELCONSUMER', s, 'w', of.name)
    gone = gone + 1
  end
end
return gone
