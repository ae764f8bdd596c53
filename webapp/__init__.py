"""The application shell: pages, API, commands.

settings, extensions, access, errors      the floor every folder stands on
storage, documents                        tables; papers made for people
page_context, plan_view, drawings, case_file   what pages share; the page of a case
factory … admin, api, command_line        a folder per kind of user, the API, the commands
composition, app                          wiring; the application and the entry point
"""
