{{>star name=[[name]] n=1 id=[[name]] value=[[value]] error=[[error]]}}
{{>star name=[[name]] n=2 id=[[name]]-2 value=[[value]] error=[[error]]}}
{{>star name=[[name]] n=3 id=[[name]]-3 value=[[value]] error=[[error]]}}
{{>star name=[[name]] n=4 id=[[name]]-4 value=[[value]] error=[[error]]}}
{{>star name=[[name]] n=5 id=[[name]]-5 value=[[value]] error=[[error]]}}
