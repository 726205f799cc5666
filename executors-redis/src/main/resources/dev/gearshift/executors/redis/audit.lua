-- What is known of tasks: the answer, or where it is ('w' waiting, 'd' delayed, 'n' running), or nothing.
-- KEYS[1] the queue; ARGV: ids.
local q, out = KEYS[1], {}
for i, id in ipairs(ARGV) do
  local at = redis.call('HGET', q .. ':t', id)
  if not at then
    local answer = redis.call('GET', q .. ':r:' .. id)
    out[i] = answer and {'r', answer} or {'u'}
  elseif at == 'd' then
    out[i] = {'d'}
  else
    if string.sub(at, 1, 1) == 'x' then at = string.sub(at, 2) end
    local p = redis.pcall('XPENDING', q .. ':s', 'w', at, at, 1)
    if not p.err and #p == 1 and p[1][2] ~= '-' then
      out[i] = {'n', p[1][2]}
    elseif #redis.call('XRANGE', q .. ':s', at, at) == 1 then
      out[i] = {'w'}
    else
      redis.call('HDEL', q .. ':t', id) -- its entry was deleted by somebody
      out[i] = {'u'}
    end
  end
end
return out
