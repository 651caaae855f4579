// For SQL: does all of branch COLUMN lie within the caller's branch $1? Something must lie on it. For this module only.
#pragma once

#define WITHIN(COLUMN)                                                                                                                       \
    "(EXISTS (SELECT 1 FROM branch_subject i WHERE i.branch = " COLUMN ") AND NOT EXISTS (SELECT 1 FROM branch_subject i WHERE i.branch = " COLUMN \
    " AND NOT EXISTS (SELECT 1 FROM branch_subject o WHERE o.branch = $1 AND o.subject = i.subject)))"
