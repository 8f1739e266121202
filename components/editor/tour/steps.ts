/** `targets`: the first one that is there is what the step is about. */
export type TourStep = { title: string; text: string; targets: readonly string[] }

/** What somebody wants to know who sees a team for the first time: who is there, how it starts, where to look. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'This is your team',
    text: 'Each card is an agent or a step, a box is a team that works together. Select one to read and change what it does.',
    targets: ['.react-flow__node-box', '.react-flow__node'],
  },
  {
    title: 'Run starts it',
    text: 'The form is filled with a sample. Nothing has to be set up: without a model key the words are simulated, and say so.',
    targets: ['[data-tour=run]'],
  },
  {
    title: 'Watch it work',
    text: 'The cards fill with words as they come. Select one to look inside; every run stays here under Runs, to be replayed.',
    targets: ['[data-tour=runs]'],
  },
]

const key = 'baton.tour'

/** Kept in this browser: who has left the tour does not see it again unless they ask for it. */
export const tourMemory = {
  isLeft: (): boolean => {
    try {
      return window.localStorage.getItem(key) === 'left'
    } catch {
      // Without a memory it would come back at every page.
      return true
    }
  },
  leave: (): void => {
    try {
      window.localStorage.setItem(key, 'left')
    } catch {
      // It is closed at least.
    }
  },
}
