"""The review rules of `goalgen check`: what the 财政部门 would send back, a small function each, in one table."""
