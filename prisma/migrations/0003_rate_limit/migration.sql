-- Unlogged: written often and worth nothing after a crash of the database, which then begins with full buckets.
-- The fill factor leaves room in each page, so that a row is changed in place.
CREATE UNLOGGED TABLE "rate_limit" (
    "scope" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "full_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("scope","subject")
) WITH (fillfactor = 50);
