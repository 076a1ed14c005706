"""Review a submission: find what the 财政部门 would send back, rule by rule, leave out what is silenced, report it."""
