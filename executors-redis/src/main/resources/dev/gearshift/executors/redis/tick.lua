-- What a worker does for a queue again and again: says that it is alive, has the delayed tasks that are due wait, renews
-- the leases of what it runs, and takes over what others left behind.
-- One that comes late takes nothing over for half a lease: if it stood still, so may all others have, and those who live
-- renew theirs first.
-- KEYS[1] the queue; ARGV: the worker, lease in ms, free places, what it says of itself, the most bytes that it takes, 1 if
-- it has done this before, entry and id of what it runs.
-- Returns the entries that it has lost, those that are to be stopped, {entry, earlier deliveries, how often it was sent to
-- this worker in vain, its bytes if it is not sent whole, else 0, fields} of others', and in how many ms the next delayed
-- task is due, -1 if there is none.
local q, me, lease, free = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local s = q .. ':s'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local over = redis.call('ZSCORE', q .. ':w', me)
redis.call('ZREMRANGEBYSCORE', q .. ':w', '-inf', now) -- first: a script that has freed something may go on without memory
local made = redis.pcall('XGROUP', 'CREATE', s, 'w', '0', 'MKSTREAM')
if made.err and not string.find(made.err, 'BUSYGROUP') then return made end
redis.call('ZADD', q .. ':w', now + lease, me)
redis.call('SET', q .. ':w:' .. me, ARGV[4], 'PX', lease)
local late = q .. ':z:' .. me
if ARGV[6] == '1' and (not over or over - now < lease / 3) then redis.call('SET', late, '', 'PX', math.floor(lease / 2)) end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', q .. ':d', '-inf', now, 'LIMIT', 0, 200)) do
  local packed = redis.call('HGET', q .. ':p', id)
  redis.call('ZREM', q .. ':d', id)
  redis.call('HDEL', q .. ':p', id)
  if packed then
    redis.call('HSET', q .. ':t', id, redis.call('XADD', s, '*', unpack(cmsgpack.unpack(packed))))
  end
end

local function isCancelled(id)
  local at = redis.call('HGET', q .. ':t', id)
  return at and string.sub(at, 1, 1) == 'x'
end

local lost, stop, mine = {}, {}, {}
for i = 7, #ARGV, 2 do
  local entry, id = ARGV[i], ARGV[i + 1]
  mine[entry] = true
  local p = redis.call('XPENDING', s, 'w', entry, entry, 1)
  if #p == 1 and p[1][2] == me then
    redis.call('XCLAIM', s, 'w', me, 0, entry, 'JUSTID')
    if id ~= '' and isCancelled(id) then stop[#stop + 1] = entry end
  else
    lost[#lost + 1] = entry
  end
end

local function bytes(fields)
  local sum = 0
  for _, text in ipairs(fields) do sum = sum + #text end
  return sum
end

local function short(fields)
  local some = {}
  for i = 1, math.min(#fields, 40), 2 do
    if #fields[i] == 1 and string.find('ibf', fields[i], 1, true) and #fields[i + 1] <= 100 then
      some[#some + 1] = fields[i]
      some[#some + 1] = fields[i + 1]
    end
  end
  return some
end

local taken = {}
if free > 0 and redis.call('EXISTS', late) == 0 then
  for _, p in ipairs(redis.call('XPENDING', s, 'w', 'IDLE', lease, '-', '+', free + #ARGV)) do
    local entry, owner, count = p[1], p[2], p[4]
    -- One of its own was lost on its way, or is more than it has memory for: the latter comes alone, and not for ever.
    local vain = owner == me and not mine[entry] and tonumber(redis.call('GET', q .. ':k:' .. me .. ':' .. entry) or 0) + 1 or 0
    if #taken < free and not (owner == me and mine[entry]) and (vain <= 2 or #taken == 0) then
      local claimed
      if vain > 0 then
        claimed = redis.call('XCLAIM', s, 'w', me, 0, entry, 'RETRYCOUNT', count)
        count = count - 1
        redis.call('SET', q .. ':k:' .. me .. ':' .. entry, vain, 'PX', 10 * lease)
        if vain > 2 then free = 1 end
      else
        claimed = redis.call('XCLAIM', s, 'w', me, lease, entry)
      end
      if claimed[1] and claimed[1][2] then
        local fields = claimed[1][2]
        local size = bytes(fields)
        local whole = size <= tonumber(ARGV[5]) and vain < 5
        taken[#taken + 1] = {entry, count, vain, whole and 0 or size, whole and fields or short(fields)}
        for i = 1, #fields, 2 do
          if fields[i] == 'i' and isCancelled(fields[i + 1]) then stop[#stop + 1] = entry end
        end
      else
        redis.call('XACK', s, 'w', entry) -- it was deleted
      end
    end
  end
end
local next = redis.call('ZRANGE', q .. ':d', 0, 0, 'WITHSCORES')
return {lost, stop, taken, next[2] and math.max(0, tonumber(next[2]) - now) or -1}
