"""The Chinese texts of the pages; source strings in code and templates are English.

zh_Hans_CN/LC_MESSAGES/*.po   one file a folder of the shell, `shared.po` for the rest
zh_Hans_CN/LC_MESSAGES/messages.mo   what the pages read, compiled from all of them
catalogue                     extract, add what is new, check, compile
__main__                      `python -m webapp.translations [--check]`
"""
