import type { ReactNode } from 'react'
import type { FieldModel, Place } from '../form/field-model'

export type FieldProps = {
  field: FieldModel
  /** Where its value stands in the config. */
  place: Place
  /** Small buttons in the row of the label. */
  actions?: ReactNode
}
