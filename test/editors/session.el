;;; What a user does: as session.lua, and in the same words.  -*- lexical-binding: t -*-

(defvar patience 60 "Seconds.")

(defun say (name value) (princ (format "%s: %s\n" name value)))

(defun code-of (diagnostic)
  (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data diagnostic)) :code))

(defun find (code)
  (seq-find (lambda (each) (equal (code-of each) code)) (flymake-diagnostics)))

(defun wait-for (what condition)
  (let ((end (+ (float-time) patience)))
    (while (not (funcall condition))
      (when (> (float-time) end)
        (say "waited in vain for" what)
        (say "diagnostics" (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))
        (kill-emacs 1))
      (accept-process-output nil 0.02))))

;; Opens the menu of code actions at the word, and takes the first entry whose title contains the text.
(defun take (text word condition)
  (goto-char (point-min))
  (search-forward word)
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt items &rest _)
               (let ((title (seq-find (lambda (each) (string-match-p (regexp-quote text) each)) (mapcar #'car items))))
                 (say "chosen" title)
                 title)))
            (last-nonmenu-event ?m))
    (eglot-code-actions (- (point) (length word)) (point) nil t))
  (eglot--signal-textDocument/didChange)  ; what Emacs does once it is idle, which it never is without a user
  (wait-for text condition))

(defun save ()
  (save-buffer)
  (wait-for "the stubs" (lambda () (and (file-exists-p "lamp.rpc.cpp") (null (flymake-diagnostics))))))

(require 'eglot)
(find-file "lamp.h")
(call-interactively #'eglot)
(wait-for "a diagnostic" (lambda () (find "platform-type")))
(let ((finding (find "platform-type")))
  (say "underlined" (buffer-substring (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding))))
(say "missing" (if (find "missing-code") "true" "false"))

(take "std::int64_t" "long" (lambda () (not (find "platform-type"))))
(save)

(take "make 'level' async" "level" (lambda () (find "stale-code")))
(save)
(say "done" "true")
