import { describe, expect, it } from 'vitest'
import { ShareOptions } from '@/engine/share/options'
import { newForm, readForm } from './share-form'

describe('what is chosen for a link', () => {
  it('is at first what a link gets that nobody chose anything for', () => {
    const { options, problems } = readForm(newForm())
    expect(problems).toEqual({})
    expect(ShareOptions.parse(options)).toEqual(ShareOptions.parse({}))
  })

  it('becomes the options of the link', () => {
    const form = newForm()
    const { options, problems } = readForm({
      ...form,
      include: { ...form.include, prompts: true },
      hide: ['write'],
      mask: false,
      showAuthor: true,
      expires: '24',
      password: 'correct horse',
      embedOrigins: ' https://Example.org/\nhttp://localhost:8080 ',
    })
    expect(problems).toEqual({})
    expect(ShareOptions.parse(options)).toMatchObject({
      include: { prompts: true, outputs: true, input: false },
      hide: ['write'],
      mask: false,
      showAuthor: true,
      expiresInHours: 24,
      password: 'correct horse',
      embedOrigins: ['https://example.org', 'http://localhost:8080'],
    })
  })

  it('says what is to be put right, beside the field', () => {
    for (const embedOrigins of ['example.org', 'https://example.org/path', 'ftp://example.org', '*']) {
      expect(readForm({ ...newForm(), embedOrigins }).problems.embedOrigins).toMatch(/like https/)
    }
    expect(readForm({ ...newForm(), password: 'short' }).problems).toEqual({
      password: 'At least 8 characters, so that nobody guesses it.',
    })
  })
})
