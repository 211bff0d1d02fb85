#!/bin/bash
# Shares a history out over an array of four Slurm tasks. Submit it in the repository, on a file system that all nodes see:
#   mkdir -p ../shards && job=$(sbatch --parsable --array=1-4 slurm-array.sh)
#   sbatch --dependency=afterany:$job --wrap 'unleak report text ../shards'
# The second job puts the shards together; its exit code is that of the whole scan, and 2 when a shard is missing.
#SBATCH --job-name=unleak
#SBATCH --cpus-per-task=2
#SBATCH --mem=1G
#SBATCH --output=../shards/%A-%a.log

# 2 is a wrong call. What was found, or not read, is judged by the second job, of all shards together.
unleak history --no-cache --shard auto --output "../shards/$SLURM_ARRAY_TASK_ID.json" || [ $? -ne 2 ]
