import { addPieceAt } from '@/components/editor/actions/add-piece'
import { deleteSelection } from '@/components/editor/actions/selection'
import type { Point } from '@/components/editor/graph/geometry'
import { pieceOf } from '@/components/editor/graph/piece'
import { printPiece, readPiece } from '@/components/editor/graph/piece-text'
import type { Editor } from '@/components/editor/store/types'

/** The selected nodes as text in the graph format; null when nothing is selected. */
export function copySelection(editor: Editor): string | null {
  const { graph, selected } = editor.store.getState()
  return selected.size === 0 ? null : printPiece(pieceOf(graph, selected))
}

export function cutSelection(editor: Editor): string | null {
  const text = copySelection(editor)
  if (text !== null) deleteSelection(editor)
  return text
}

/** Text from anywhere: a piece that was copied here, a template, a file. Says what is wrong with it. */
export function pasteText(editor: Editor, text: string, at: Point | null): boolean {
  const read = readPiece(text)
  if (!read.ok) {
    editor.say(`This can't be pasted: ${read.why}`, 'failed')
    return false
  }
  return addPieceAt(editor, read.piece, { at, label: 'Paste' })
}
