// `verbatim plan ...` and `verbatim paper ...`: their words; what they do is plan.h, plan_run.h, plan_trial.h, plan_feed.h and paper.h.
#pragma once

#include "app/server/command_place.h"
#include "app/server/plan.h"
#include "app/server/plan_feed.h"
#include "app/server/plan_run.h"
#include "app/server/plan_trial.h"

namespace verbatim::server {

// Lives while the words are parsed: the commands keep in it what was asked.
class PlanCommands {
public:
    PlanCommands(CLI::App& app, Common& common, int& result);
    PlanCommands(const PlanCommands&) = delete;
    PlanCommands& operator=(const PlanCommands&) = delete;

private:
    void plan_words(CLI::App& app);
    void paper_words(CLI::App& app);
    Common& at;
    int& code;
    std::string plan_file;
    PlanPreviewWish previewed;
    PlanSimulationWish simulation;
    std::string plan_before, plan_after, plan_from;
    bool plan_hold_back = false;
    PlanDryWish dry;
    PlanTestWish tested;
    FeedWish fed;
    PlanFact plan_fact;
    std::string paper_file, paper_out;
    std::int64_t paper_number = 0;
};

}  // namespace verbatim::server
