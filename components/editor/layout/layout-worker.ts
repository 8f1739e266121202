// Answers the messages of elkjs; nothing but this runs in it.
import 'elkjs/lib/elk-worker.min.js'
