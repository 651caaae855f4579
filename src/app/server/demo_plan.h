// The demo's contact plan: the packaged one, published two months ago and changed once; some of its letters are clicked; a recall waits for the printer, and a monthly report for its reader. The demo's job runner
// looks at whom something is due for, as in a platform that serves. Everything goes through the gates of a real platform.
#pragma once

#include <string>

#include "app/server/house.h"

namespace verbatim::server {

class DemoPlan {
public:
    DemoPlan(House& house, Seconds now) : house_(house), now_(now) {}
    void noon();

private:
    void publish(std::string version, Seconds from, std::string_view change_from, std::string_view change_to);
    void click();
    void recall();

    House& house_;
    Seconds now_;
    int versions_ = 0;
    bool recalled_ = false;
    Seconds clicked_until_ = 0;
};

}  // namespace verbatim::server
