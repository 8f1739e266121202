-- CreateTable
CREATE TABLE "folder" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "folder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "folder_workspace_id_name_key" ON "folder"("workspace_id", "name");

-- AddForeignKey
ALTER TABLE "folder" ADD CONSTRAINT "folder_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "workflow" ADD COLUMN "folder_id" UUID;

-- CreateIndex
CREATE INDEX "workflow_folder_id_idx" ON "workflow"("folder_id");

-- AddForeignKey
ALTER TABLE "workflow" ADD CONSTRAINT "workflow_folder_id_fkey" FOREIGN KEY ("folder_id") REFERENCES "folder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "run" ADD COLUMN "asked_at" TIMESTAMPTZ(3), ADD COLUMN "cause" UUID;

-- What waits for a person, and what failed or is stuck. Both columns are null as long as all is well and change when a
-- run comes to rest, so that the appends in between stay heap-only.
CREATE INDEX "run_asked" ON "run"("workspace_id", "asked_at") WHERE "asked_at" IS NOT NULL;
CREATE INDEX "run_cause" ON "run"("workspace_id", "cause") WHERE "cause" IS NOT NULL;

-- Runs that wait already: since when, and which event says what is asked. (Compared as text: words of others may hold
-- characters that jsonb refuses.)
UPDATE "run" SET "summary" = jsonb_set("run"."summary", '{waitingFor}', (
  SELECT jsonb_agg(CASE WHEN asked.seq IS NULL THEN place
    ELSE place || jsonb_build_object('seq', asked.seq, 'since', asked.at) END)
  FROM jsonb_array_elements("run"."summary"->'waitingFor') AS place
  LEFT JOIN LATERAL (
    SELECT e.seq, substring(e.event FROM '.*"at":(\d+)')::float8 AS at
    FROM "run_event" e
    WHERE e.run_id = "run"."id"
      AND starts_with(e.event, '{"type":"node.waiting","path":' || (place->'path')::text || ',')
    ORDER BY e.seq DESC LIMIT 1
  ) AS asked ON true
))
WHERE "finished_at" IS NULL AND jsonb_array_length("summary"->'waitingFor') > 0;

UPDATE "run" SET "asked_at" = (
  SELECT to_timestamp(min((place->>'since')::float8) / 1000)
  FROM jsonb_array_elements("summary"->'waitingFor') AS place
  WHERE place->>'reason' IN ('approval', 'tool_approval', 'doubt')
)
WHERE "finished_at" IS NULL AND jsonb_array_length("summary"->'waitingFor') > 0;
