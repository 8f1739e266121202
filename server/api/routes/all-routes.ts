import type { Route } from '@/server/api/http/route'
import { fileRoutes } from '@/server/api/routes/file-routes'
import { folderRoutes } from '@/server/api/routes/folder-routes'
import { inboxRoutes } from '@/server/api/routes/inbox-routes'
import { runRoutes } from '@/server/api/routes/run-routes'
import { settingRoutes } from '@/server/api/routes/setting-routes'
import { shareRoutes } from '@/server/api/routes/share-routes'
import { templateRoutes } from '@/server/api/routes/template-routes'
import { workflowRoutes } from '@/server/api/routes/workflow-routes'

/** Everything that needs an actor. What is open to all stands in open-pages.ts. */
export const allRoutes: readonly Route[] = [
  ...workflowRoutes,
  ...templateRoutes,
  ...runRoutes,
  ...inboxRoutes,
  ...folderRoutes,
  ...fileRoutes,
  ...settingRoutes,
  ...shareRoutes,
]
