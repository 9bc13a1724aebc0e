-- What a user does: looks at a header, takes a quick fix, saves. Says what it sees, in lines of "name: value".

local patience = 60000  -- milliseconds

local function say(name, value) io.stdout:write(name .. ': ' .. tostring(value) .. '\n') end

local function wait(what, condition)
  if vim.wait(patience, condition, 20) then return end
  say('waited in vain for', what)
  say('diagnostics', vim.inspect(vim.diagnostic.get(0)))
  vim.cmd('cquit!')
end

local function code_of(diagnostic)
  local lsp = (diagnostic.user_data or {}).lsp or {}
  return diagnostic.code or lsp.code
end

local function find(code)
  for _, each in ipairs(vim.diagnostic.get(0)) do
    if code_of(each) == code then return each end
  end
end

-- The menu of code actions: takes the first entry whose title contains the text.
local function choose(text)
  vim.ui.select = function(items, _, done)
    for _, item in ipairs(items) do
      local action = item.action or item[2]
      if action.title:find(text, 1, true) then
        say('chosen', action.title)
        return done(item)
      end
    end
    say('not in the menu', vim.inspect(items))
  end
end

vim.cmd('filetype on')
vim.cmd('edit lamp.h')
wait('a diagnostic', function() return find('platform-type') end)
local finding = find('platform-type')
local line = vim.api.nvim_buf_get_lines(0, finding.lnum, finding.lnum + 1, true)[1]
say('underlined', line:sub(finding.col + 1, finding.end_col))
say('missing', find('missing-code') ~= nil or find('outdated-code') ~= nil)

choose("std::int64_t")
vim.api.nvim_win_set_cursor(0, {finding.lnum + 1, finding.col})
vim.lsp.buf.code_action()
wait('the fix', function() return not find('platform-type') end)

vim.cmd('write')
wait('the stubs', function() return vim.fn.filereadable('lamp.rpc.cpp') == 1 and #vim.diagnostic.get(0) == 0 end)
say('done', true)
vim.cmd('qa!')
