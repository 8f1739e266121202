const leaving = new Map<string, Promise<void>>()

/** What was not saved when a workflow was left is still on its way. Until that is answered nobody knows the newest draft. */
export function leaveWith(workflowId: string, sending: Promise<void>): void {
  leaving.set(workflowId, sending)
  void sending.finally(() => {
    if (leaving.get(workflowId) === sending) leaving.delete(workflowId)
  })
}

export const isLeaving = (workflowId: string): boolean => leaving.has(workflowId)

export const hasLeft = (workflowId: string): Promise<void> => leaving.get(workflowId) ?? Promise.resolve()
