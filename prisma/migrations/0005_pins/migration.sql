-- Outputs that runs of the draft take instead of running the node: data of the draft, no part of the graph.
ALTER TABLE "workflow" ADD COLUMN "pins" JSON NOT NULL DEFAULT '{}';
