// Experiences come in by file (contract "Files in"): each good row is kept with its customer and considered for an
// invitation in the same transaction.
#pragma once

#include "engine/intake/intake.h"
#include "life/invite/invite.h"
#include "record/contact/contact.h"
#include "record/contact/postal.h"

namespace verbatim::invite {

struct ExperienceRow {
    experiences::Experience experience;
    contact::Customer customer;
    contact::PostalAddress address = {};
};

// A row's meaning, or which column is wrong and why.
Result<ExperienceRow> parse_experience(const intake::Row& row, Seconds now);

// `invite` and `clock` must outlive the import.
intake::Kind<ExperienceRow> experience_kind(const Invite& invite, const Clock& clock);

}  // namespace verbatim::invite
