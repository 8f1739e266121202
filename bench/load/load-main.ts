import { answerQuestions } from '@/bench/child'
import { fire, type Volley, type VolleyResult } from '@/bench/load/volley'

export const serveLoad = () => answerQuestions<Volley, VolleyResult>(fire)
