'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button'
import { toastFailed } from './toast'

export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toastFailed('The browser did not allow copying. Select the text and copy it by hand.'),
    )
  const icon = copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />
  return (
    <Button tone="quiet" size="small" icon={icon} onClick={() => void copy()}>
      {copied ? 'Copied' : label}
    </Button>
  )
}
