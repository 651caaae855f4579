// `verbatim import`: each kind of file to the stage that takes it.
#pragma once

#include <string>

#include "app/server/house.h"

namespace verbatim::server {

struct ImportWish {
    std::string kind, file, create_subjects;
};
int import_file(const Place& place, const ImportWish& wish);

}  // namespace verbatim::server
