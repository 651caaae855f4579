-- One of 10,000 pages at random, with the fields a browser's fetch would send.
local pages = {}
init = function()
  math.randomseed(7)
  for i = 0, 9999 do
    pages[i] = wrk.format("GET", "/p/" .. i, {["Host"] = wrk.host .. ":" .. wrk.port, ["Accept"] = "application/json", ["User-Agent"] = "bench"})
  end
end
request = function() return pages[math.random(0, 9999)] end
