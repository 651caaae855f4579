// The invented people's letter box: every mail of the played months ends here, and whoever acts on one uses the personal link
// that stands in it, as a real reader would. There is no other way in.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/mail/mail.h"

namespace verbatim::demo {

struct Link {
    std::string kind;   // "r", "case", "moderate": the path's first part
    std::string token;  // 22 characters, base64url
};

// The personal links in a composed message's parts, whatever their transfer encoding, each once.
std::vector<Link> links_in(std::string_view message);

class LetterBox {
public:
    std::unique_ptr<mail::Transport> transport();  // accepts everything; must not outlive the box
    std::vector<Link> take();                      // what came in since the last time
    int letters() const { return letters_; }

private:
    class Postman;
    std::mutex mutex_;
    std::vector<Link> links_;
    int letters_ = 0;
};

}  // namespace verbatim::demo
