// `verbatim analyse` and `verbatim authenticity`: JSON Lines in, JSON Lines out, in bounded memory (contract.md, docs/formats.md).
#pragma once

#include <iosfwd>
#include <string>

namespace verbatim::server {

// `models`: a folder of `verbatim train`, or "" for the shipped ones. 0; 1 where a line could not be used (said on err, the others are
// answered) or the output cannot be written. Throws where the models cannot be opened.
int analyse_batch(std::istream& in, std::ostream& out, std::ostream& err, const std::string& models);
int authenticity_batch(std::istream& in, std::ostream& out, std::ostream& err, const std::string& models);

}  // namespace verbatim::server
