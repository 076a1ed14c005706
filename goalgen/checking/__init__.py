"""The review of `goalgen check`: what the 财政部门 would send back, rule by rule, and what silences a finding."""
