-- What a user does: looks at a header, takes a quick fix, saves, takes a refactoring, saves. Says what it sees, in lines of
-- "name: value".

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

-- Opens the menu of code actions where the cursor is, and takes the first entry whose title contains the text.
local function take(text, condition)
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
  vim.lsp.buf.code_action()
  wait(text, condition)
end

local function save()
  vim.cmd('write')
  wait('the stubs', function() return vim.fn.filereadable('lamp.rpc.cpp') == 1 and #vim.diagnostic.get(0) == 0 end)
end

vim.cmd('filetype on')
vim.cmd('edit lamp.h')
wait('a diagnostic', function() return find('platform-type') end)
local finding = find('platform-type')
local line = vim.api.nvim_buf_get_lines(0, finding.lnum, finding.lnum + 1, true)[1]
say('underlined', line:sub(finding.col + 1, finding.end_col))
say('missing', find('missing-code') ~= nil)

vim.api.nvim_win_set_cursor(0, {finding.lnum + 1, finding.col})
take("std::int64_t", function() return not find('platform-type') end)
save()

take("make 'level' async", function() return find('stale-code') end)
save()
say('done', true)
vim.cmd('qa!')
