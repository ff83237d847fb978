-- Autovacuum gathers statistics of a table after 50 changes by default: of the tables below mostly
-- never. Without them the planner takes hundreds of rows for what are three, and joins of all
-- devices with their places take twice as long.
ALTER TABLE facilities SET (autovacuum_analyze_threshold = 0, autovacuum_analyze_scale_factor = 0.1);
--> statement-breakpoint
ALTER TABLE zones SET (autovacuum_analyze_threshold = 0, autovacuum_analyze_scale_factor = 0.1);
--> statement-breakpoint
ANALYZE facilities;
--> statement-breakpoint
ANALYZE zones;
