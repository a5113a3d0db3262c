-- wrk ... -s calls.lua URL -- TOKENS SIZE: one POST after the other, each with the next token and,
-- if SIZE is not 0, a body of that size.
local body = '{"jsonrpc":"2.0","id":1,"method":"tools/call",'
  .. '"params":{"name":"echo","arguments":{"message":"hello"}}}'
local requests, last = {}, 0

function init(args)
  local size = tonumber(args[2])
  if size > 0 then
    body = string.rep("x", size)
  end
  for token in io.lines(args[1]) do
    local headers = {
      ["Accept"] = "application/json, text/event-stream",
      ["Authorization"] = "Bearer " .. token,
      ["Content-Type"] = "application/json",
      ["MCP-Protocol-Version"] = "2025-11-25",
    }
    requests[#requests + 1] = wrk.format("POST", nil, headers, body)
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"micros":%d,"refused":%d,"broken":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
