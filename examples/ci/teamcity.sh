#!/bin/sh
# A command line step in TeamCity, in an agent with Node 20 or newer. TeamCity hands no range to a step by itself: in the
# feature "Pull Requests" it has parameters for it. Add the build parameter
#   env.TARGET_BRANCH = %teamcity.pullRequest.target.branch%
# in a build of pull requests; without it the files of the commit are scanned. Findings show under Code Inspection.
set -eu
base=${TARGET_BRANCH:-}
npx --yes unleak@0 diff --ci "$base"
