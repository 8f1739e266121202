import { NothingShared } from '@/components/shared-run/share-messages'

export default NothingShared
