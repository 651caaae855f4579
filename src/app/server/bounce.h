// `verbatim bounce`: what came back to the return address, from a mail server's pipe or a Maildir.
#pragma once

#include <iosfwd>
#include <string>

#include "record/contact/bounces.h"
#include "engine/storage/storage.h"

namespace verbatim::server {

// One message on `in`. 0 also where it is none of ours: a mail server would send an error back to somebody. 75 (EX_TEMPFAIL of sysexits.h)
// where the database does not answer: the mail server keeps the message and tries again.
int take_bounce(storage::Db& db, Seconds now, std::istream& in, std::ostream& out, const std::string& recipient);
// Every message in DIR/new, then moved to DIR/cur, where it is done with. A file that is cut short by a kill is read again.
int take_maildir(storage::Db& db, Seconds now, const std::string& folder, std::ostream& out);

}  // namespace verbatim::server
