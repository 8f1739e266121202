'use client'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Editor, EditorState } from '@/components/editor/store/types'

const EditorContext = createContext<Editor | null>(null)
export const EditorProvider = EditorContext.Provider

export function useEditor(): Editor {
  const editor = useContext(EditorContext)
  if (editor === null) throw new Error('This belongs into an open workflow.')
  return editor
}

/** Ask for as little as possible: what is asked for decides when the component is drawn again. */
export const useEditorState = <T,>(select: (state: EditorState) => T): T => useStore(useEditor().store, select)
