export const help = `Baton from the command line

  npm run -s baton -- <command>

Commands
  link                                a new one-time sign-in link
  keys create --name <name>           a new API key; prints only the key
              [--role <role>]         owner, admin (default), editor, operator, viewer
  validate <file>                     checks a graph, without a server; exit 1 if it can't run
  run <file> [--input <json>]         runs a graph and shows it; exit 0 if it completed, else 1
             [--json]                 prints the whole run as JSON instead
                                      where it waits for a person it says where to decide; Ctrl-C
                                      leaves it waiting (exit 130)
  import <file> [--publish]           makes a workflow of a file; prints its id
  export <workflow>                   prints a workflow (id or slug)
             [--format yaml|json] [--version <n>] [--output <file>]

Graphs are YAML or JSON. --input takes JSON, or @file.

Settings (environment)
  BATON_URL        where the server listens, if not the one of this data folder
  BATON_API_KEY    the key to use; without it, one is made for the moment beside the database
                   and taken back at the end
  BATON_DATA_DIR, DATABASE_URL        as for the server
`
