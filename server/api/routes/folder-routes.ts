import { route } from '@/server/api/http/route'
import { CreateFolder, createFolder } from '@/server/folders/create-folder'
import { DeleteFolder, deleteFolder } from '@/server/folders/delete-folder'
import { FolderView } from '@/server/folders/folder-view'
import { FolderList, ListFolders, listFolders } from '@/server/folders/list-folders'
import { Moved, MoveWorkflows, moveWorkflows } from '@/server/folders/move-workflows'
import { RenameFolder, renameFolder } from '@/server/folders/rename-folder'

const tag = 'Folders'

export const folderRoutes = [
  route({
    method: 'GET',
    path: '/folders',
    tag,
    summary: 'Lists folders by name.',
    input: ListFolders,
    use: listFolders,
    answers: { 200: { description: 'All of them.', schema: FolderList } },
  }),
  route({
    method: 'POST',
    path: '/folders',
    tag,
    summary: 'Makes a folder for workflows.',
    input: CreateFolder,
    use: createFolder,
    reply: (body) => ({ status: 201, body }),
    answers: { 201: { description: 'Made.', schema: FolderView } },
  }),
  route({
    method: 'PUT',
    path: '/folders/{id}',
    tag,
    summary: 'Renames a folder.',
    input: RenameFolder,
    use: renameFolder,
    answers: { 200: { description: 'Renamed.', schema: FolderView } },
  }),
  route({
    method: 'DELETE',
    path: '/folders/{id}',
    tag,
    summary: 'Deletes a folder. Its workflows stay.',
    input: DeleteFolder,
    use: deleteFolder,
    answers: { 204: { description: 'Deleted.' } },
  }),
  route({
    method: 'POST',
    path: '/workflows/move',
    tag,
    summary: 'Puts workflows into a folder, or into none.',
    input: MoveWorkflows,
    use: moveWorkflows,
    answers: { 200: { description: 'Moved.', schema: Moved } },
  }),
]
