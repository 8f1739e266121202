const leaving = new Map<string, Promise<void>>()

/** What was not saved when a workflow was left is still on its way. Until that is answered nobody knows the newest draft. */
export function leaveWith(workflowId: string, sending: Promise<void>): void {
  const answered = sending
    .catch(() => {})
    .then(() => void (leaving.get(workflowId) === answered && leaving.delete(workflowId)))
  leaving.set(workflowId, answered)
}

export const isLeaving = (workflowId: string): boolean => leaving.has(workflowId)

export const hasLeft = (workflowId: string): Promise<void> => leaving.get(workflowId) ?? Promise.resolve()
