import { Nothing } from '@/server/api/routes/setting-routes'
import { answering, mutation, query, router } from '@/server/api/trpc/base'
import { GetApproval, getApproval } from '@/server/approvals/get-approval'
import { ListApprovals, listApprovals } from '@/server/approvals/list-approvals'
import { ChangeConnection, changeConnection } from '@/server/connections/change-connection'
import { CreateConnection, createConnection } from '@/server/connections/create-connection'
import { DeleteConnection, deleteConnection } from '@/server/connections/delete-connection'
import { getAliases } from '@/server/connections/get-aliases'
import { listConnections } from '@/server/connections/list-connections'
import { SetAliases, setAliases } from '@/server/connections/set-aliases'
import { TestConnection, TestStored, testConnection, testStored } from '@/server/connections/test-connection'
import { DismissDeadLetter, dismissDeadLetter } from '@/server/dead-letters/dismiss-dead-letter'
import { GetDeadLetter, getDeadLetter } from '@/server/dead-letters/get-dead-letter'
import { ListDeadLetters, listDeadLetters } from '@/server/dead-letters/list-dead-letters'
import { ListDeadRuns, listDeadRuns } from '@/server/dead-letters/list-dead-runs'
import { RetryDeadLetter, retryDeadLetter } from '@/server/dead-letters/retry-dead-letter'
import { CreateFolder, createFolder } from '@/server/folders/create-folder'
import { DeleteFolder, deleteFolder } from '@/server/folders/delete-folder'
import { ListFolders, listFolders } from '@/server/folders/list-folders'
import { MoveWorkflows, moveWorkflows } from '@/server/folders/move-workflows'
import { RenameFolder, renameFolder } from '@/server/folders/rename-folder'
import { CreateKey, createKey } from '@/server/people/create-key'
import { ListKeys, listKeys } from '@/server/people/list-keys'
import { getMe } from '@/server/people/me'
import { RevokeKey, revokeKey } from '@/server/people/revoke-key'
import { CancelRun, cancelRun } from '@/server/runs/cancel-run'
import { DecideRun, decideRun } from '@/server/runs/decide-run'
import { ForkRun, forkRun } from '@/server/runs/fork-run'
import { GetPayload, getPayload } from '@/server/runs/get-payload'
import { GetRun, getRun } from '@/server/runs/get-run'
import { getRunGraph } from '@/server/runs/get-run-graph'
import { LastRuns, lastRuns } from '@/server/runs/last-runs'
import { ListEvents, listEvents } from '@/server/runs/list-events'
import { ListRuns, listRuns } from '@/server/runs/list-runs'
import { PauseRun, pauseRun } from '@/server/runs/pause-run'
import { ResumeRun, resumeRun } from '@/server/runs/resume-run'
import { RetryRun, retryRun } from '@/server/runs/retry-run'
import { RunAlone, runAlone } from '@/server/runs/run-alone'
import { RunGraph, runGraph } from '@/server/runs/run-graph'
import { StartRun, startedBody, startRun } from '@/server/runs/start-run'
import { DeleteSecret, deleteSecret } from '@/server/secrets/delete-secret'
import { ListSecrets, listSecrets } from '@/server/secrets/list-secrets'
import { SetSecret, setSecret } from '@/server/secrets/set-secret'
import { ListShares, listShares } from '@/server/shares/list-shares'
import { previewRun, previewWorkflow } from '@/server/shares/preview-share'
import { RevokeShare, revokeShare } from '@/server/shares/revoke-share'
import { ShareRun, shareRun } from '@/server/shares/share-run'
import { ShareWorkflow, shareWorkflow } from '@/server/shares/share-workflow'
import { UseShare, useShare } from '@/server/shares/use-share'
import { ExportTemplate, exportTemplate } from '@/server/templates/export-template'
import { GetSample, getSample } from '@/server/templates/get-sample'
import { GetTemplate, getTemplate } from '@/server/templates/get-template'
import { listTemplateCards } from '@/server/templates/list-template-cards'
import { listTemplates } from '@/server/templates/list-templates'
import { ChangeTemplate, changeTemplate, DeleteTemplate, deleteTemplate } from '@/server/templates/own/change-template'
import { SaveTemplate, saveTemplate } from '@/server/templates/own/save-template'
import { UseTemplate, useTemplate } from '@/server/templates/use-template'
import { CreateWorkflow, createWorkflow } from '@/server/workflows/create-workflow'
import { DeleteWorkflow, deleteWorkflow } from '@/server/workflows/delete-workflow'
import { ExportWorkflow, exportWorkflow } from '@/server/workflows/export-workflow'
import { GetVersion, getVersion } from '@/server/workflows/get-version'
import { GetWorkflow, getWorkflow } from '@/server/workflows/get-workflow'
import { ImportWorkflow, importWorkflow } from '@/server/workflows/import-workflow'
import { ListVersions, listVersions } from '@/server/workflows/list-versions'
import { listWorkflowCards } from '@/server/workflows/list-workflow-cards'
import { ListWorkflows, listWorkflows } from '@/server/workflows/list-workflows'
import { PublishWorkflow, publishWorkflow } from '@/server/workflows/publish-workflow'
import { SaveWorkflow, saveWorkflow } from '@/server/workflows/save-workflow'

/** What the pages call. Components import only its type. */
export const appRouter = router({
  me: query(Nothing, getMe),
  workflows: router({
    list: query(ListWorkflows, listWorkflows),
    cards: query(ListWorkflows, listWorkflowCards),
    get: query(GetWorkflow, getWorkflow),
    create: mutation(CreateWorkflow, createWorkflow),
    import: mutation(ImportWorkflow, importWorkflow),
    save: mutation(SaveWorkflow, saveWorkflow),
    delete: mutation(DeleteWorkflow, deleteWorkflow),
    publish: mutation(PublishWorkflow, publishWorkflow),
    versions: query(ListVersions, listVersions),
    version: query(GetVersion, getVersion),
    export: query(ExportWorkflow, exportWorkflow),
  }),
  templates: router({
    list: query(Nothing, listTemplates),
    cards: query(Nothing, listTemplateCards),
    get: query(GetTemplate, getTemplate),
    sample: query(GetSample, getSample),
    use: mutation(UseTemplate, useTemplate),
    save: mutation(SaveTemplate, saveTemplate),
    change: mutation(ChangeTemplate, changeTemplate),
    delete: mutation(DeleteTemplate, deleteTemplate),
    export: query(ExportTemplate, exportTemplate),
  }),
  runs: router({
    list: query(ListRuns, listRuns),
    last: query(LastRuns, lastRuns),
    get: query(GetRun, getRun),
    graph: query(GetRun, getRunGraph),
    events: query(ListEvents, listEvents),
    payload: query(GetPayload, getPayload),
    start: mutation(StartRun, answering(startRun, startedBody)),
    startGraph: mutation(RunGraph, answering(runGraph, startedBody)),
    startAlone: mutation(RunAlone, answering(runAlone, startedBody)),
    cancel: mutation(CancelRun, cancelRun),
    pause: mutation(PauseRun, pauseRun),
    resume: mutation(ResumeRun, resumeRun),
    retry: mutation(RetryRun, retryRun),
    fork: mutation(ForkRun, answering(forkRun, startedBody)),
    decide: mutation(DecideRun, decideRun),
  }),
  approvals: router({
    list: query(ListApprovals, listApprovals),
    get: query(GetApproval, getApproval),
  }),
  deadLetters: router({
    list: query(ListDeadLetters, listDeadLetters),
    get: query(GetDeadLetter, getDeadLetter),
    runs: query(ListDeadRuns, listDeadRuns),
    retry: mutation(RetryDeadLetter, retryDeadLetter),
    dismiss: mutation(DismissDeadLetter, dismissDeadLetter),
  }),
  folders: router({
    list: query(ListFolders, listFolders),
    create: mutation(CreateFolder, createFolder),
    rename: mutation(RenameFolder, renameFolder),
    delete: mutation(DeleteFolder, deleteFolder),
    move: mutation(MoveWorkflows, moveWorkflows),
  }),
  connections: router({
    list: query(Nothing, listConnections),
    create: mutation(CreateConnection, createConnection),
    change: mutation(ChangeConnection, changeConnection),
    delete: mutation(DeleteConnection, deleteConnection),
    test: mutation(TestConnection, testConnection),
    testStored: mutation(TestStored, testStored),
    aliases: query(Nothing, getAliases),
    setAliases: mutation(SetAliases, setAliases),
  }),
  secrets: router({
    list: query(ListSecrets, listSecrets),
    set: mutation(SetSecret, setSecret),
    delete: mutation(DeleteSecret, deleteSecret),
  }),
  shares: router({
    list: query(ListShares, listShares),
    previewRun: mutation(ShareRun, previewRun),
    previewWorkflow: mutation(ShareWorkflow, previewWorkflow),
    shareRun: mutation(ShareRun, shareRun),
    shareWorkflow: mutation(ShareWorkflow, shareWorkflow),
    revoke: mutation(RevokeShare, revokeShare),
    use: mutation(UseShare, useShare),
  }),
  keys: router({
    list: query(ListKeys, listKeys),
    create: mutation(CreateKey, createKey),
    revoke: mutation(RevokeKey, revokeKey),
  }),
})

export type AppRouter = typeof appRouter
