import { z } from 'zod'
import { route } from '@/server/api/http/route'
import { listOf } from '@/server/api/routes/workflow-routes'
import { ChangeConnection, changeConnection } from '@/server/connections/change-connection'
import { ConnectionView } from '@/server/connections/connection-view'
import { CreateConnection, createConnection } from '@/server/connections/create-connection'
import { DeleteConnection, deleteConnection } from '@/server/connections/delete-connection'
import { AliasesView, getAliases } from '@/server/connections/get-aliases'
import { listConnections } from '@/server/connections/list-connections'
import { SetAliases, setAliases } from '@/server/connections/set-aliases'
import {
  TestConnection,
  TestedConnection,
  TestStored,
  testConnection,
  testStored,
} from '@/server/connections/test-connection'
import { CreateKey, createKey, NewKey } from '@/server/people/create-key'
import { KeyView } from '@/server/people/key-view'
import { ListKeys, listKeys } from '@/server/people/list-keys'
import { getMe, Me } from '@/server/people/me'
import { RevokeKey, revokeKey } from '@/server/people/revoke-key'
import { DeleteSecret, deleteSecret } from '@/server/secrets/delete-secret'
import { ListSecrets, listSecrets } from '@/server/secrets/list-secrets'
import { SecretView } from '@/server/secrets/secret-view'
import { SetSecret, setSecret } from '@/server/secrets/set-secret'

export const Nothing = z.strictObject({})
const created = (body: unknown) => ({ status: 201, body })
const deleted = { 204: { description: 'Deleted.' } }

export const settingRoutes = [
  route({
    method: 'GET',
    path: '/me',
    tag: 'People',
    summary: 'Who asks, and in which workspace.',
    input: Nothing,
    use: getMe,
    answers: { 200: { description: 'You.', schema: Me } },
  }),
  route({
    method: 'GET',
    path: '/keys',
    tag: 'People',
    summary: 'Lists API keys.',
    input: ListKeys,
    use: listKeys,
    answers: { 200: { description: 'A page.', schema: listOf(KeyView) } },
  }),
  route({
    method: 'POST',
    path: '/keys',
    tag: 'People',
    summary: 'Makes an API key and shows it, this once.',
    input: CreateKey,
    use: createKey,
    reply: created,
    answers: { 201: { description: 'Made.', schema: NewKey } },
  }),
  route({
    method: 'DELETE',
    path: '/keys/{id}',
    tag: 'People',
    summary: 'Revokes an API key.',
    input: RevokeKey,
    use: revokeKey,
    answers: deleted,
  }),
  route({
    method: 'GET',
    path: '/secrets',
    tag: 'Secrets',
    summary: 'Lists secrets by name. Values never come back.',
    input: ListSecrets,
    use: listSecrets,
    answers: { 200: { description: 'A page.', schema: listOf(SecretView) } },
  }),
  route({
    method: 'PUT',
    path: '/secrets/{name}',
    tag: 'Secrets',
    summary: 'Sets a secret.',
    input: SetSecret,
    use: setSecret,
    answers: { 200: { description: 'Set.', schema: SecretView } },
  }),
  route({
    method: 'DELETE',
    path: '/secrets/{name}',
    tag: 'Secrets',
    summary: 'Deletes a secret.',
    input: DeleteSecret,
    use: deleteSecret,
    answers: deleted,
  }),
  route({
    method: 'GET',
    path: '/connections',
    tag: 'Models',
    summary: 'Lists connections. Keys never come back.',
    input: Nothing,
    use: listConnections,
    answers: { 200: { description: 'All.', schema: listOf(ConnectionView) } },
  }),
  route({
    method: 'POST',
    path: '/connections',
    tag: 'Models',
    summary: 'Adds an OpenAI-compatible endpoint.',
    input: CreateConnection,
    use: createConnection,
    reply: created,
    answers: { 201: { description: 'Added.', schema: ConnectionView } },
  }),
  route({
    method: 'PUT',
    path: '/connections/{id}',
    tag: 'Models',
    summary: 'Changes what is given of a connection.',
    input: ChangeConnection,
    use: changeConnection,
    answers: { 200: { description: 'Changed.', schema: ConnectionView } },
  }),
  route({
    method: 'DELETE',
    path: '/connections/{id}',
    tag: 'Models',
    summary: 'Deletes a connection.',
    input: DeleteConnection,
    use: deleteConnection,
    answers: deleted,
  }),
  route({
    method: 'POST',
    path: '/connections/test',
    tag: 'Models',
    summary: 'Tries the settings of a connection out and says what is wrong; nothing is stored.',
    input: TestConnection,
    use: testConnection,
    answers: { 200: { description: 'How it went.', schema: TestedConnection } },
  }),
  route({
    method: 'POST',
    path: '/connections/{id}/test',
    tag: 'Models',
    summary: 'Tries a stored connection out.',
    input: TestStored,
    use: testStored,
    answers: { 200: { description: 'How it went.', schema: TestedConnection } },
  }),
  route({
    method: 'GET',
    path: '/aliases',
    tag: 'Models',
    summary: 'Where the model names default, fast and smart point.',
    input: Nothing,
    use: getAliases,
    answers: { 200: { description: 'What was set.', schema: AliasesView } },
  }),
  route({
    method: 'PUT',
    path: '/aliases',
    tag: 'Models',
    summary: 'Points model names to connections.',
    input: SetAliases,
    use: setAliases,
    answers: { 200: { description: 'What was set.', schema: AliasesView } },
  }),
]
