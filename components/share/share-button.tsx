'use client'
import { Share2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ShareDialog } from './share-dialog'
import type { ShareSubject } from './use-share'

type Props = { subject: ShareSubject; size?: 'small' | 'normal'; folds?: boolean }

export function ShareButton({ subject, size = 'normal', folds = false }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size={size} folds={folds} icon={<Share2 size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Share
      </Button>
      {isOpen && <ShareDialog subject={subject} onClose={() => setOpen(false)} />}
    </>
  )
}
