-- CreateTable
CREATE TABLE "own_template" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "graph" JSON NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "own_template_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "own_template_workspace_id_updated_at_idx" ON "own_template"("workspace_id", "updated_at");

-- AddForeignKey
ALTER TABLE "own_template" ADD CONSTRAINT "own_template_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

