-- A dead task waits again, as if it were new.
-- KEYS[1] the queue; ARGV: its entry among the dead.
-- Returns its id, or nothing.
local q = KEYS[1]
local found = redis.call('XRANGE', q .. ':x', ARGV[1], ARGV[1])
if not found[1] then return false end
local fields, id = {}, nil
for i = 1, #found[1][2], 2 do
  local name, value = found[1][2][i], found[1][2][i + 1]
  if name == 'i' then id = value end
  if name == 'n' or name == 'l' then value = '0' end
  if name ~= 'why' and name ~= 'worker' then
    fields[#fields + 1] = name
    fields[#fields + 1] = value
  end
end
redis.call('XDEL', q .. ':x', ARGV[1])
if redis.call('XLEN', q .. ':x') == 0 then redis.call('DEL', q .. ':x') end
local entry = redis.call('XADD', q .. ':s', '*', unpack(fields))
if not id then return entry end
redis.call('DEL', q .. ':r:' .. id)
redis.call('HSET', q .. ':t', id, entry)
return id
